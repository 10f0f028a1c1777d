"""What a person does about answers: contest the one received, follow a debate or a contribution."""
