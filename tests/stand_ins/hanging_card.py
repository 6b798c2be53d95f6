"""What a child looks like whose driver never comes back."""

import sys
import time

if __name__ == "__main__":
    sys.stdin.readline()
    time.sleep(600)
