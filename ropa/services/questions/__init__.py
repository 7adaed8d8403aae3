"""Questions to a register or to the law: chains, impact, what if, what comes by date, one transfer."""
