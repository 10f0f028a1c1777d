"""The outbox: what is to be told is sent, by `parvis tick`."""
