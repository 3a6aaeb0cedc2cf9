package dev.gatehouse.gateway.portal.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.web.Rule;
import dev.gatehouse.gateway.portal.SavedView;
import dev.gatehouse.gateway.portal.SavedViews;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Views of the console's lists that users have saved. */
@RestController
@RequestMapping(path = Rule.ROOT + "/views", produces = "application/json")
final class ViewsController {

    private final SavedViews views;

    ViewsController(SavedViews views) {
        this.views = views;
    }

    /**
     * A view to save, in the place of the user's view of that name and page.
     *
     * @param page the first part of its path in the console, such as {@code requests}
     * @param search the query of its address, without the question mark
     * @param shared whether all users of the user's tenant see it, or all of the installation where the user is one of them
     */
    record SavedViewBody(
            @NotNull @Pattern(regexp = "[a-z]{1,40}", message = "take the first part of a path in the console")
            String page,

            @NotBlank @Size(max = 100) String name,
            @NotNull @Size(max = 2000) String search,
            @NotNull Boolean shared) {}

    /**
     * A view.
     *
     * @param own whether the user has saved it; else a colleague shares it
     * @param savedBy the name of the user who has
     */
    record SavedViewView(String page, String name, String search, boolean shared, boolean own, String savedBy) {

        static SavedViewView of(Actor actor, SavedView view) {
            boolean own = actor.user().filter(view.owner()::equals).isPresent();
            return new SavedViewView(view.page(), view.name(), view.search(), view.shared(), own, view.ownerName());
        }
    }

    /** All of them at once. */
    record SavedViewList(List<SavedViewView> items) {}

    /** The user's own, then those that colleagues share. */
    @GetMapping
    SavedViewList listViews(@AuthenticationPrincipal Actor actor, @RequestParam Optional<String> page) {
        return new SavedViewList(views.of(actor, page).stream()
                .map(view -> SavedViewView.of(actor, view))
                .toList());
    }

    @PutMapping(consumes = "application/json")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void saveView(@AuthenticationPrincipal Actor actor, @RequestBody @Valid SavedViewBody body) {
        views.save(actor, body.page(), body.name().strip(), body.search(), body.shared());
    }

    /** Deletes the user's own view of that name; there may be none. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteView(@AuthenticationPrincipal Actor actor, @RequestParam String page, @RequestParam String name) {
        views.delete(actor, page, name);
    }
}
