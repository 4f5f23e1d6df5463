"""`report.html`: a picture of how the class did, one file that opens offline and runs no script."""
