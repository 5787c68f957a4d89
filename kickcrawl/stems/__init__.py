"""Words by what they have in common: menangkap, ditangkap and penangkapan are forms of tangkap."""
