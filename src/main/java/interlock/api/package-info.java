/**
 * The published API for plug-ins, {@code interlock-api.jar}. It depends on no other part of Interlock.
 *
 * <p>Compatibility: within one version of the API ({@link Plugin} jars declare the version that they need), types,
 * methods and record components are only added, never changed or removed. New interface methods have defaults.
 */
@NullMarked
package interlock.api;

import org.jspecify.annotations.NullMarked;
