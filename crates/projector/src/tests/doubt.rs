//! sled is a cache of the log: whatever is wrong with it, it is built again.
