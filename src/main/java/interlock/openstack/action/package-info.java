/** The OpenStack action types. */
@NullMarked
package interlock.openstack.action;

import org.jspecify.annotations.NullMarked;
