# What pages say: forms.
