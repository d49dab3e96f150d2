;;; emacs.el --- Does in a real Emacs what a user does with a note  -*- lexical-binding: t -*-

;; Prints one line for each check; the exit status is 1 when one failed.  `emacs.sh' prepares what it
;; needs: CORROBORATE_BIN is the server, CORROBORATE_WORKSPACE a copy of examples/port-ansel.

(require 'eglot)
(require 'flymake)
(require 'xref)

(defvar failures 0)
(defvar limit 10 "Seconds; an answer that takes longer is none.")
(defvar workspace (file-name-as-directory (file-truename (getenv "CORROBORATE_WORKSPACE"))))
(defvar note (expand-file-name "notes/01-port-inquiry.md" workspace))

(defmacro check (name &rest body)
  "Says whether BODY ends without an error and with something."
  (declare (indent 1))
  `(condition-case problem
       (let ((detail (progn ,@body)))
         (unless detail (error "Nothing there"))
         (message "ok      %s%s" ,name (if (stringp detail) (concat ": " detail) "")))
     (error (setq failures (1+ failures))
            (message "FAILED  %s: %s" ,name (error-message-string problem)))))

(defmacro within-limit (&rest body)
  "What BODY comes to, as soon as it is something."
  `(let ((end (+ (float-time) limit)) found)
     (while (and (not (setq found (progn ,@body))) (< (float-time) end))
       (accept-process-output nil 0.05))
     found))

(defun go-to (words)
  "Puts point on the first of WORDS."
  (goto-char (point-min))
  (let ((case-fold-search nil)) (search-forward words))
  (goto-char (+ 2 (match-beginning 0))))

(defun hover ()
  "The text of the hover at point."
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown (and text (substring-no-properties text)))))
    (within-limit shown)))

(defun findings (words)
  "The findings whose message has WORDS."
  (seq-filter (lambda (it) (string-search words (flymake-diagnostic-text it))) (flymake-diagnostics)))

;; As docs/editors.md has it, for a mode that is always there.
(add-to-list 'eglot-server-programs `((text-mode :language-id "markdown") . (,(getenv "CORROBORATE_BIN") "lsp")))
(setq project-vc-extra-root-markers '("corroborate.toml" "refs.bib")
      eglot-confirm-server-edits nil
      eglot-autoshutdown t
      auto-save-default nil
      make-backup-files nil)

(message "Emacs %s, eglot" emacs-version)
(find-file note)
(text-mode)
(check "the server starts"
  (apply #'eglot--connect (eglot--guess-contact))
  (within-limit (eglot-managed-p)))

(check "findings are underlined"
  (within-limit (flymake-start) (findings "The note says “August”"))
  (format "%d" (length (flymake-diagnostics))))

(check "the hover shows the passage"
  (go-to "The Harbour Safety Commission opened")
  (string-search "opened an inquiry" (hover)))

(check "a jump leads to the passage"
  (xref-find-definitions (xref-backend-identifier-at-point (quote eglot)))
  (and (string-suffix-p "0101_port_ansel_outage.txt" (buffer-file-name))
       (string-search "March 14" (buffer-substring (point) (line-end-position)))))

(switch-to-buffer (find-file-noselect note))
(check "references of a citation are found"
  (go-to "0101_port_ansel_outage")
  (format "%d" (length (xref-backend-references 'eglot (xref-backend-identifier-at-point 'eglot)))))

(check "a quick fix puts the source's month in"
  (go-to "August. Seven")
  (let* ((actions (append (eglot-code-actions (point) (point) "quickfix") nil))
         (fix (seq-find (lambda (it) (string-search "with “September”" (plist-get it :title))) actions)))
    (eglot-execute (eglot-current-server) fix))
  (within-limit (string-search "due by the end of September" (buffer-string))))

(check "the finding is gone after it"
  (eglot--signal-textDocument/didChange) ; an idle timer does it, which a batch has not
  (within-limit (flymake-start) (not (findings "The note says “August”"))))

(check "completion offers the keys of sources"
  (goto-char (point-max))
  (insert "\nIt stopped [@0106")
  (pcase-let* ((`(,start ,end ,table . ,rest) (eglot-completion-at-point))
               (found (car (all-completions (buffer-substring start end) table))))
    (delete-region start end)
    (insert found)
    (funcall (plist-get rest :exit-function) found 'finished)
    (string-search "It stopped [@0106_lantern_correction]" (buffer-string))))

(check "a key is renamed in notes and in the bibliography"
  (let ((bibliography (expand-file-name "refs.bib" workspace)))
    (goto-char (point-min))
    (go-to "0102_brackwater_statement")
    (eglot-rename "statement2024")
    (and (string-search "[@statement2024]" (buffer-string))
         (with-current-buffer (find-file-noselect bibliography)
           (string-search "@online{statement2024," (buffer-string))))))

(eglot-shutdown (eglot-current-server))
(message (if (= failures 0) "all checks passed" "%d failed") failures)
(kill-emacs (min failures 1))
;;; emacs.el ends here
