"""The network on the office's desk: who we are there, agreements beside the partners' copies, notifications, partners' nodes."""
