package dev.gatehouse.gateway.access.web;

import dev.gatehouse.gateway.access.Actor;
import dev.gatehouse.gateway.access.Project;
import dev.gatehouse.gateway.access.Projects;
import dev.gatehouse.gateway.vocabulary.ProjectId;
import dev.gatehouse.gateway.vocabulary.TenantId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = Rule.ROOT + "/projects", produces = "application/json")
final class ProjectsController {

    private final Projects projects;

    ProjectsController(Projects projects) {
        this.projects = projects;
    }

    record ProjectBody(
            @NotNull UUID tenant, @NotBlank @Size(max = 200) String name) {}

    record ProjectView(UUID id, UUID tenant, String name, Instant created) {

        static ProjectView of(Project project) {
            return new ProjectView(project.id().value(), project.tenant().value(), project.name(), project.created());
        }
    }

    @PostMapping(consumes = "application/json")
    @ResponseStatus(HttpStatus.CREATED)
    ProjectView createProject(@AuthenticationPrincipal Actor actor, @RequestBody @Valid ProjectBody body) {
        return ProjectView.of(projects.create(actor, new TenantId(body.tenant()), body.name()));
    }

    @GetMapping
    Listed<ProjectView> listProjects(
            @AuthenticationPrincipal Actor actor,
            @RequestParam Optional<UUID> tenant,
            @RequestParam Optional<String> name,
            @RequestParam Optional<String> cursor,
            @RequestParam(defaultValue = Listed.DEFAULT_LIMIT) int limit) {
        return Listed.of(
                projects.list(actor, tenant.map(TenantId::new), name, Listed.paging(cursor, limit)), ProjectView::of);
    }

    @GetMapping("/{id}")
    ProjectView getProject(@AuthenticationPrincipal Actor actor, @PathVariable UUID id) {
        return found(projects.find(actor, new ProjectId(id)));
    }

    @PutMapping(path = "/{id}", consumes = "application/json")
    ProjectView renameProject(
            @AuthenticationPrincipal Actor actor, @PathVariable UUID id, @RequestBody @Valid NameBody body) {
        return found(projects.rename(actor, new ProjectId(id), body.name()));
    }

    private static ProjectView found(Optional<Project> project) {
        return project.map(ProjectView::of).orElseThrow(() -> new NotFoundException("project"));
    }
}
