/** What earlier attempts took: recorded in nodes of their own, which outlive the plans. */
@NullMarked
package interlock.neo4j.duration;

import org.jspecify.annotations.NullMarked;
