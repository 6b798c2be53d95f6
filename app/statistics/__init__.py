"""Agreement between coders and summaries of one coding: values in, values out. No storage, no texts, no drawing."""
