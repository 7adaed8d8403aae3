"""The log of personal data breaches (Art. 33(5)): what is recorded of each, and in words."""
