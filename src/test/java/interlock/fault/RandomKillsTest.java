package interlock.fault;

import static org.assertj.core.api.Assertions.assertThat;

import interlock.neo4j.Neo4jServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service and its database are killed, as by {@code kill -9}, while much of a plan fails. */
class RandomKillsTest {
    /** Half as many as elsewhere: the plan is short. */
    private static final int KILLS = Math.ceilDiv(Integer.getInteger("interlock.kills", 4), 2);

    private static final long SEED = Long.getLong("interlock.seed", new Random().nextLong());
    private static final int MANY_KILLS = 10;
    private static final int LINES = 4;

    private final Random random = new Random(SEED);

    @TempDir
    private Path folder;

    @Test
    void aPlanOfWhichMuchFailsComesToTheSameHoweverOftenItsServiceIsKilled() throws Exception {
        try (World world = new World();
                RestartedService service = restarted()) {
            Document document = document(world);
            Ending expected = service.ending(service.apply(document), world);
            int requests = world.requests().size();
            world.forget();

            String plan = service.apply(document);
            int kills = 0;
            while (kills < KILLS && killed(service, plan, world, requests / (KILLS + 1))) {
                kills++;
            }

            String story = "interlock.seed %d, killed %d times: %s".formatted(SEED, kills, world.requests());
            assertThat(service.ending(plan, world)).as(story).isEqualTo(expected);
            assertThat(expected.state()).isEqualTo("FAILED");
            assertThat(kills).as(story).isPositive();
            service.check();
        }
    }

    /** The database is killed, too, when there are many kills: to start it takes longer than all the rest. */
    private RestartedService restarted() throws IOException {
        return KILLS < MANY_KILLS
                ? RestartedService.on(Neo4jServer.emptied().uri(), folder)
                : RestartedService.embedded(folder);
    }

    /** {@return whether it was killed before the plan ended} */
    private boolean killed(RestartedService service, String plan, World world, int apart) throws Exception {
        Held request = world.hold(after(random.nextInt(2 * apart + 1)));
        Awaitility.await()
                .atMost(RestartedService.PATIENCE)
                .until(() -> request.hasArrived() || service.hasEnded(plan));
        if (!request.hasArrived()) {
            return false;
        }
        boolean worked = random.nextBoolean();
        if (worked && random.nextBoolean()) {
            request.release();
            service.kill();
        } else {
            service.kill();
            request.decide(worked);
        }
        service.restart();
        return true;
    }

    private static Predicate<String> after(int requests) {
        int[] left = {requests};
        return _ -> left[0]-- == 0;
    }

    /** Lines with paths in paths beside a group with a path of its own; when all of it is done, it is rolled back. */
    private static Document document(World world) {
        List<Call> calls = new ArrayList<>();
        IntStream.range(0, LINES).forEach(line -> calls.addAll(line(world, line)));
        calls.add(world.put("g1").undoneBy("PUT"));
        calls.add(world.post("g2").askable().undoneBy("PUT").after("g1"));
        calls.add(world.put("g3").after("g2"));
        calls.add(world.put("g4").after("g3"));
        world.fails("PUT /g3", World.REFUSED);
        String[] ends = Stream.concat(IntStream.range(0, LINES).mapToObj(line -> "z" + line), Stream.of("g4"))
                .toArray(String[]::new);
        calls.add(world.put("last").after(ends));
        world.fails("PUT /last", World.REFUSED);
        return new Document("rollback", calls.toArray(Call[]::new))
                .or(
                        "group",
                        List.of("g1", "g2", "g3"),
                        true,
                        world.post("h1").askable().undoneBy("PUT"),
                        world.put("h2").after("h1"));
    }

    private static List<Call> line(World world, int line) {
        world.fails("PUT /b" + line, World.UNAVAILABLE);
        world.fails("PUT /q" + line, World.REFUSED);
        world.fails("POST /n" + line, World.REFUSED);
        return List.of(
                world.post("a" + line).askable().undoneBy("PUT"),
                world.put("b" + line)
                        .after("a" + line)
                        .attempts(2)
                        .or(
                                "no " + line,
                                world.put("m" + line).undoneBy("PUT"),
                                world.post("n" + line).after("m" + line))
                        .or(
                                "path " + line,
                                world.put("p" + line).undoneBy("PUT"),
                                world.put("q" + line)
                                        .after("p" + line)
                                        .or(
                                                "inner " + line,
                                                world.post("r" + line).askable().undoneBy("PUT"),
                                                world.put("s" + line)
                                                        .undoneBy("PUT")
                                                        .after("r" + line))),
                world.put("z" + line).undoneBy("PUT").after("b" + line));
    }
}
