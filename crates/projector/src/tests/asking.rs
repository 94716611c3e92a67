//! What can be asked, and what is answered while things move.
