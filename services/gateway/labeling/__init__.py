"""What a labeler does: claim, submit, skip, back. Kept by queue; here only checked and passed on."""
