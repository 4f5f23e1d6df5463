SECRET = "@CANARY@"
# + honest.py
