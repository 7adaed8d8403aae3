"""Every rule over one register: the facts each needs, what it finds, and who accepted which risk."""
