"""Changes of subprocessor as they stand on a date: whom each reaches, what each customer was promised, what is due."""
