/** Reads plans: lists, graphs, timelines, diagnoses. */
@NullMarked
package interlock.neo4j.view;

import org.jspecify.annotations.NullMarked;
