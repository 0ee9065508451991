/** OpenStack: a client for Keystone, Nova, Cinder and Ironic, and the action types that use it. */
@NullMarked
package interlock.openstack;

import org.jspecify.annotations.NullMarked;
