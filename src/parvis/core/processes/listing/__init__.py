"""Lists: of debates, of contributions; filters, search, orders, pages by keyset."""
