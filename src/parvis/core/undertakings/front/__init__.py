"""What the plan hangs on the shell: two panels of the front page, and its lines of the site map."""
