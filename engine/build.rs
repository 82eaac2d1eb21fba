//! The folder `locales/` is built into the program, so a change in it, a new folder too, means a new build.

fn main() {
    println!("cargo:rerun-if-changed=locales");
}
