/**
 * A simulated cloud: enough of Keystone, Nova, Cinder and Ironic for the OpenStack action types to work on it
 * unchanged.
 */
@NullMarked
package interlock.simulator;

import org.jspecify.annotations.NullMarked;
