/** What reads plans: lists, graphs, timelines, diagnosis. */
@NullMarked
package interlock.neo4j.view;

import org.jspecify.annotations.NullMarked;
