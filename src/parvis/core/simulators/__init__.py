"""The noun « simulator »: engines that evaluate tables, calculators that ask people, runs that anyone replays."""
