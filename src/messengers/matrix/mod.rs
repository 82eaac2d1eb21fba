//! Matrix, through matrix-sdk.
