"""Messages that leave the house: letters from templates, each a row that is delivered once."""
