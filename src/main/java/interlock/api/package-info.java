/**
 * What plug-ins are written against: published as {@code interlock-api.jar}. It knows nothing of the rest of Interlock.
 *
 * <p>What may change: within one version of the API ({@link Plugin}'s jar says which it needs) types, methods and record components
 * are added, and none is changed or taken away;
 * new methods of interfaces have defaults. What a method promises holds.
 */
@NullMarked
package interlock.api;

import org.jspecify.annotations.NullMarked;
