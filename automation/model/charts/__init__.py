"""What pictures show, as plain values that commands make and ``word.charts`` draws. Not here: any drawing."""
