package interlock.neo4j;

import interlock.neo4j.database.Cypher;
import java.util.List;
import java.util.stream.Stream;
import org.neo4j.driver.Session;
import org.neo4j.driver.Values;
import org.neo4j.driver.summary.Plan;

/** An operator of a statement's query plan, with those that feed it. */
record PlanOperator(String name, String details, List<PlanOperator> children) {
    static PlanOperator explain(String name) {
        return explain(CypherFile.LANGUAGES.getFirst(), Cypher.of(name).text());
    }

    static PlanOperator explain(String language, String statement) {
        try (Session session = Neo4jServer.session()) {
            return of(session.run(language + " EXPLAIN " + statement)
                    .consume()
                    .queryPlan()
                    .orElseThrow());
        }
    }

    /** Not with its children: each of them is shown by itself. */
    @Override
    public String toString() {
        return name + " " + details;
    }

    static PlanOperator of(Plan plan) {
        return new PlanOperator(
                plan.operatorType().replaceFirst("@.*", ""),
                plan.arguments().getOrDefault("Details", Values.value("")).asString(),
                plan.children().stream().map(PlanOperator::of).toList());
    }

    Stream<PlanOperator> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(PlanOperator::all));
    }

    PlanOperator find(String name, String details) {
        return all().filter(each -> each.name.equals(name) && each.details.contains(details))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no %s of %s in %s".formatted(name, details, this)));
    }

    /**
     * The rows of several indexes or scans, joined without a condition; two nodes found by their keys are fine, and so is the gate
     * beside anything, of which there is one.
     */
    boolean multiplies() {
        return name.equals("CartesianProduct")
                && !children.stream().allMatch(child -> child.name.startsWith("NodeUniqueIndexSeek"))
                && children.stream().noneMatch(PlanOperator::isTheGate);
    }

    private boolean isTheGate() {
        return all().filter(each -> each.children.isEmpty())
                .allMatch(each -> each.details.startsWith("UNIQUE gate:Gate"));
    }
}
