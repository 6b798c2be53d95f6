"""Cards and tokens that sign: their drivers are asked in processes of their own. No other folder knows PKCS#11."""
