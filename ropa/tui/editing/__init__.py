"""Forms of records: their controls, the picker, the screens that edit."""
