/** A simulation of a cloud: enough of Keystone, Nova, Cinder and Ironic for the action types to work on it unchanged. */
@NullMarked
package interlock.simulator;

import org.jspecify.annotations.NullMarked;
