package interlock.openstack;

/**
 * An authenticated session.
 *
 * @param token sent with each request
 * @param catalogue the service catalogue
 */
record Session(Secret token, Catalogue catalogue) {}
