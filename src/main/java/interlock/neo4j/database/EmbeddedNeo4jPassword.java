package interlock.neo4j.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.neo4j.internal.kernel.api.connectioninfo.ClientConnectionInfo;
import org.neo4j.internal.kernel.api.security.AuthenticationResult;
import org.neo4j.kernel.api.security.AuthManager;
import org.neo4j.kernel.api.security.AuthToken;
import org.neo4j.kernel.api.security.exception.InvalidAuthTokenException;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The password of the embedded database. It is generated at the first start and kept in a file in the data directory
 * that only its owner may read. The file is authoritative: if it is lost, the next start generates a new password; if
 * it is edited, the next start sets the new one.
 */
final class EmbeddedNeo4jPassword {
    /** The user of the password. */
    static final String USER = "neo4j";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedNeo4jPassword.class);
    private static final Cypher SET = Cypher.of("security/set-password");
    private static final String FILE = "neo4j-password";
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final int BYTES = 16;

    /** The minimum length that Neo4j accepts. */
    private static final int SHORTEST = 8;

    private EmbeddedNeo4jPassword() {}

    /** {@return the file with the password of the database in a directory} */
    static Path file(Path data) {
        return data.resolve(FILE);
    }

    /** Restricts a directory to its owner, if this user owns it and the file system supports it. */
    static void shut(Path data) {
        restrict(data, OWNER_DIRECTORY);
    }

    /**
     * {@return the password of {@link #USER}, which is valid from now on}
     *
     * @param system the database of users
     * @throws IOException when the file cannot be read or written
     */
    static String of(Path data, GraphDatabaseAPI system) throws IOException {
        Path file = file(data);
        String kept = Files.exists(file) ? Files.readString(file).strip() : "";
        String password = kept.length() < SHORTEST ? made(file) : kept;
        restrict(file, OWNER_FILE);
        if (!opens(password, system)) {
            system.executeTransactionally(SET.text(), Map.of("password", password));
        }
        return password;
    }

    /** Tried first, because a start on a full disk should write nothing. */
    private static boolean opens(String password, GraphDatabaseAPI system) {
        try {
            AuthenticationResult result = system.getDependencyResolver()
                    .resolveDependency(AuthManager.class)
                    .login(AuthToken.newBasicAuthToken(USER, password), ClientConnectionInfo.EMBEDDED_CONNECTION)
                    .subject()
                    .getAuthenticationResult();
            return result == AuthenticationResult.SUCCESS;
        } catch (InvalidAuthTokenException _) {
            return false;
        }
    }

    /** Atomic: a crash leaves the whole file or none. */
    private static String made(Path file) throws IOException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        String password = HexFormat.of().formatHex(bytes);
        Path part = file.resolveSibling(FILE + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, attributes(part));
        Files.write(part, (password + "\n").getBytes(StandardCharsets.UTF_8));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return password;
    }

    private static FileAttribute<?>[] attributes(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_FILE)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void restrict(Path path, Set<PosixFilePermission> permissions) {
        if (!isPosix(path)) {
            return;
        }
        try {
            if (!Files.getPosixFilePermissions(path).equals(permissions)) {
                Files.setPosixFilePermissions(path, permissions);
            }
        } catch (IOException e) {
            log.warn("{} may be readable by other users of this machine: {}", path, e.getMessage());
        }
    }
}
