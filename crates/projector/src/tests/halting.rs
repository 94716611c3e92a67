//! Readers stop at what they do not know, and only those who need it.
