# What pages say: casework.
