package dev.gatehouse.launcher;

import dev.gatehouse.launcher.terminal.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "console",
        mixinStandardHelpOptions = true,
        description = "Prints a link that signs in to the console, once.")
final class ConsoleCommand implements Callable<Integer> {
    @Mixin
    private AdminOptions admin = new AdminOptions();

    @Override
    public Integer call() {
        try (AdminClient client = admin.client()) {
            ConsoleLink link = ConsoleLink.make(client);
            System.out.println(admin.json() ? JsonMapper.shared().writeValueAsString(link) : link.url());
            return Exit.OK.code();
        }
    }
}
