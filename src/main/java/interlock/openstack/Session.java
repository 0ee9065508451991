package interlock.openstack;

/**
 * What Keystone gave.
 *
 * @param token what each request carries
 * @param catalogue where the services are
 */
record Session(Secret token, Catalogue catalogue) {}
