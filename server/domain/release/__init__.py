"""What is sealed and checked: annexes, findings, verdicts."""
