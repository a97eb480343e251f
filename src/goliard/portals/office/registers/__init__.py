"""The shape that every register of the office shares: list, export, page, history, form, deletion.

A register is described once (`register.Register`), and `routes.register_urls` makes its screens. What only one register has (a panel of
missing fields, buttons of a lifecycle) is a function in its description.
"""
