"""What each page of a register says: plain values, shown by templates or as JSON, and tested without a server."""
