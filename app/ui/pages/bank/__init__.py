"""Step 3, the test bank: list, editor, import review and what goes with them."""
