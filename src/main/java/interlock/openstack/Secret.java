package interlock.openstack;

/**
 * A password or a token: it is sent, and never shown.
 *
 * @param value what nobody is to see
 */
record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
