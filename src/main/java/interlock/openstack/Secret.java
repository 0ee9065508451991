package interlock.openstack;

/** A password or a token, which is never logged. */
record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
