/** The action types that work on OpenStack clouds. */
@NullMarked
package interlock.openstack.action;

import org.jspecify.annotations.NullMarked;
