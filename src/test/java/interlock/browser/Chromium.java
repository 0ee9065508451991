package interlock.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import interlock.clients.DebianPackages;
import interlock.clients.LeftOut;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A web browser without a window, for all test classes of this JVM: {@code @ExtendWith(Chromium.Installed.class)} hands it to whoever has
 * a parameter of this type. The system's own is taken where there is one; else Debian's is unpacked in the user's cache.
 */
public final class Chromium implements AutoCloseable {
    /** As the distributions call it. */
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    /** It asks nobody but those who are visited; nor does it need what a container has not. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** {@return a new page, which shares nothing with others} */
    public Page page(int width, int height) {
        return browser.newPage(new Browser.NewPageOptions().setViewportSize(width, height));
    }

    /** {@return a new page on a screen, which shares nothing with others, and may use the clipboard} */
    Page page(Screen screen) {
        return browser.newPage(new Browser.NewPageOptions()
                .setViewportSize(screen.width(), screen.height())
                .setColorScheme(screen.scheme())
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    /** A program, and where its libraries are, if they are not the system's. */
    private record Program(Path path, Optional<String> libraries) {
        static Program find() throws DebianPackages.Unavailable {
            Optional<Path> ofSystem = Stream.of("/usr/bin", "/usr/local/bin", "/snap/bin")
                    .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                    .filter(Files::isExecutable)
                    .findFirst();
            if (ofSystem.isPresent()) {
                return new Program(ofSystem.get(), Optional.empty());
            }
            Path root = DebianPackages.unpack("chromium", List.of("chromium"));
            return new Program(root.resolve("usr/lib/chromium/chromium"), Optional.of(libraries(root)));
        }

        /** Some of PulseAudio's, which Chromium is linked with, lie apart from the others. */
        private static String libraries(Path root) {
            String all = DebianPackages.libraries(root);
            return Stream.concat(
                            Stream.of(all),
                            Stream.of(all.split(File.pathSeparator)).map(directory -> directory + "/pulseaudio"))
                    .collect(Collectors.joining(File.pathSeparator));
        }

        Chromium start() {
            // its driver would download browsers of its own
            Playwright playwright = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            try {
                LaunchOptions options =
                        new LaunchOptions().setExecutablePath(path).setArgs(ARGUMENTS);
                libraries.ifPresent(it -> options.setEnv(Map.of("LD_LIBRARY_PATH", it)));
                return new Chromium(playwright, playwright.chromium().launch(options));
            } catch (PlaywrightException e) {
                playwright.close();
                throw e;
            }
        }
    }

    /** Finds and starts it once, and closes it after the last test; where there is none and none can be had, leaves the tests out and notes why. */
    public static final class Installed implements ExecutionCondition, ParameterResolver {
        private record Attempt(Optional<Chromium> chromium, String why) implements AutoCloseable {
            static Attempt make() {
                try {
                    return new Attempt(Optional.of(Program.find().start()), "");
                } catch (DebianPackages.Unavailable e) {
                    return leftOut(String.valueOf(e.getMessage()));
                } catch (PlaywrightException e) {
                    return leftOut("Chromium does not start: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse("it does not say why"));
                }
            }

            private static Attempt leftOut(String why) {
                LeftOut.note("the tests in a web browser", why);
                return new Attempt(Optional.empty(), why);
            }

            static Attempt in(ExtensionContext context) {
                return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(Chromium.class))
                        .getOrComputeIfAbsent(Attempt.class, _ -> make(), Attempt.class);
            }

            @Override
            public void close() {
                chromium.ifPresent(Chromium::close);
            }
        }

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Attempt attempt = Attempt.in(context);
            return attempt.chromium().isPresent()
                    ? ConditionEvaluationResult.enabled("there is a web browser")
                    : ConditionEvaluationResult.disabled(attempt.why());
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Chromium.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return Attempt.in(context).chromium().orElseThrow();
        }
    }
}
