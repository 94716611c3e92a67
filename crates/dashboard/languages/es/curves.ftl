# What pages say: curves.
