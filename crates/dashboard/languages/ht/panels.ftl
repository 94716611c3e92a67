# What pages say: panels.
