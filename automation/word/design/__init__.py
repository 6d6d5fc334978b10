"""The Word templates and the base design that they share; what is made here may be changed in Word. Does I/O."""
