"""Floor 6: plan files of other programs, bytes in and values out."""
