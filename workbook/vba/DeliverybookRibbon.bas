Attribute VB_Name = "DeliverybookRibbon"
Option Explicit

' Made by "deliverybook addin build" from the registry of commands; changes belong there.
' Every button comes in through deliverybook_button; only its id goes to Python.

Public Const DELIVERYBOOK_VERSION As String = "0.1.0"
Private Const LETTERS As String = "abcdefghijklmnopqrstuvwxyz0123456789_"
Private Const LONGEST As Long = 64
Private Const REFUSED As String = """`$\|=%!"

Public Sub deliverybook_button(control As IRibbonControl)
    PassOn control.ID
End Sub

Public Sub deliverybook_check()
    PassOn "check"
End Sub

Public Sub deliverybook_check_sheet()
    PassOn "check_sheet"
End Sub

Public Sub deliverybook_repair()
    PassOn "repair"
End Sub

Public Sub deliverybook_new_row()
    PassOn "new_row"
End Sub

Public Sub deliverybook_trace()
    PassOn "trace"
End Sub

Public Sub deliverybook_review()
    PassOn "review"
End Sub

Public Sub deliverybook_confirm()
    PassOn "confirm"
End Sub

Public Sub deliverybook_impact()
    PassOn "impact"
End Sub

Public Sub deliverybook_reschedule()
    PassOn "reschedule"
End Sub

Public Sub deliverybook_baseline()
    PassOn "baseline"
End Sub

Public Sub deliverybook_forecast()
    PassOn "forecast"
End Sub

Public Sub deliverybook_gantt()
    PassOn "gantt"
End Sub

Public Sub deliverybook_explain()
    PassOn "explain"
End Sub

Public Sub deliverybook_plan_health()
    PassOn "plan_health"
End Sub

Public Sub deliverybook_export()
    PassOn "export"
End Sub

Public Sub deliverybook_dashboard()
    PassOn "dashboard"
End Sub

Public Sub deliverybook_load()
    PassOn "load"
End Sub

Public Sub deliverybook_risk_review()
    PassOn "risk_review"
End Sub

Public Sub deliverybook_quality()
    PassOn "quality"
End Sub

Public Sub deliverybook_service_figures()
    PassOn "service_figures"
End Sub

Public Sub deliverybook_satisfaction()
    PassOn "satisfaction"
End Sub

Public Sub deliverybook_reminders()
    PassOn "reminders"
End Sub

Public Sub deliverybook_expand_plan()
    PassOn "expand_plan"
End Sub

Public Sub deliverybook_process_analysis()
    PassOn "process_analysis"
End Sub

Public Sub deliverybook_appraisal()
    PassOn "appraisal"
End Sub

Public Sub deliverybook_document_d01()
    PassOn "document_d01"
End Sub

Public Sub deliverybook_document_d02()
    PassOn "document_d02"
End Sub

Public Sub deliverybook_document_d03()
    PassOn "document_d03"
End Sub

Public Sub deliverybook_document_d04()
    PassOn "document_d04"
End Sub

Public Sub deliverybook_document_d04i()
    PassOn "document_d04i"
End Sub

Public Sub deliverybook_document_d05()
    PassOn "document_d05"
End Sub

Public Sub deliverybook_document_d06()
    PassOn "document_d06"
End Sub

Public Sub deliverybook_document_d07()
    PassOn "document_d07"
End Sub

Public Sub deliverybook_document_d07i()
    PassOn "document_d07i"
End Sub

Public Sub deliverybook_document_d08()
    PassOn "document_d08"
End Sub

Public Sub deliverybook_document_d09()
    PassOn "document_d09"
End Sub

Public Sub deliverybook_document_d10()
    PassOn "document_d10"
End Sub

Public Sub deliverybook_document_d10c()
    PassOn "document_d10c"
End Sub

Public Sub deliverybook_document_d11()
    PassOn "document_d11"
End Sub

Public Sub deliverybook_document_d12()
    PassOn "document_d12"
End Sub

Public Sub deliverybook_document_d13()
    PassOn "document_d13"
End Sub

Public Sub deliverybook_document_d14()
    PassOn "document_d14"
End Sub

Public Sub deliverybook_document_d15()
    PassOn "document_d15"
End Sub

Public Sub deliverybook_document_d16()
    PassOn "document_d16"
End Sub

Public Sub deliverybook_document_d16r()
    PassOn "document_d16r"
End Sub

Public Sub deliverybook_document_d17()
    PassOn "document_d17"
End Sub

Public Sub deliverybook_document_d18()
    PassOn "document_d18"
End Sub

Public Sub deliverybook_document_d19()
    PassOn "document_d19"
End Sub

Public Sub deliverybook_document_d20()
    PassOn "document_d20"
End Sub

Public Sub deliverybook_document_d21()
    PassOn "document_d21"
End Sub

Public Sub deliverybook_document_d22()
    PassOn "document_d22"
End Sub

Public Sub deliverybook_document_d23()
    PassOn "document_d23"
End Sub

Public Sub deliverybook_document_d24()
    PassOn "document_d24"
End Sub

Public Sub deliverybook_document_d25()
    PassOn "document_d25"
End Sub

Public Sub deliverybook_document_d26()
    PassOn "document_d26"
End Sub

Public Sub deliverybook_document_d27()
    PassOn "document_d27"
End Sub

Public Sub deliverybook_document_d27c()
    PassOn "document_d27c"
End Sub

Public Sub deliverybook_document_d28()
    PassOn "document_d28"
End Sub

Public Sub deliverybook_document_d29()
    PassOn "document_d29"
End Sub

Public Sub deliverybook_hand_over()
    PassOn "hand_over"
End Sub

Public Sub deliverybook_backup()
    PassOn "backup"
End Sub

Public Sub deliverybook_undo()
    PassOn "undo"
End Sub

Public Sub deliverybook_settings()
    PassOn "settings"
End Sub

Public Sub deliverybook_switch_language()
    PassOn "switch_language"
End Sub

Public Sub deliverybook_guide()
    PassOn "guide"
End Sub

Private Sub PassOn(ByVal id As String)
    Dim reason As String
    If Not IsPlain(id) Then
        MsgBox WrongButton(), vbExclamation, "Deliverybook"
        Exit Sub
    End If
    If ActiveWorkbook Is Nothing Then
        MsgBox NoWorkbook(), vbInformation, "Deliverybook"
        Exit Sub
    End If
    If Not CanBeNamed(ActiveWorkbook.Name) Then
        MsgBox WrongName() & " " & REFUSED, vbExclamation, "Deliverybook"
        Exit Sub
    End If
    On Error GoTo failed
    RunPython "import automation.front.ribbon;automation.front.ribbon.click('" & id & "')"
    Exit Sub
failed:
    reason = Err.Description
    MsgBox NotStarted() & vbNewLine & reason, vbCritical, "Deliverybook"
End Sub

Private Function IsPlain(ByVal id As String) As Boolean
    Dim position As Long
    If Len(id) = 0 Or Len(id) > LONGEST Then Exit Function
    For position = 1 To Len(id)
        If InStr(1, LETTERS, Mid$(id, position, 1), vbBinaryCompare) = 0 Then Exit Function
    Next position
    IsPlain = True
End Function

Private Function CanBeNamed(ByVal name As String) As Boolean
    Dim position As Long
    For position = 1 To Len(REFUSED)
        If InStr(1, name, Mid$(REFUSED, position, 1), vbBinaryCompare) > 0 Then Exit Function
    Next position
    CanBeNamed = True
End Function

Private Function WrongButton() As String
    WrongButton = Chinese("36825 20010 25353 38062 30340 32534 21495 26377 35823 65292 35831 37325 26032 23433")
    WrongButton = WrongButton & Chinese("35013 20132 20184 31807 21152 36733 39033 12290")
    WrongButton = WrongButton & vbNewLine & "This button has a wrong id; install the add-in again."
End Function

Private Function NoWorkbook() As String
    NoWorkbook = Chinese("35831 20808 25171 24320 20132 20184 31807 24037 20316 31807 12290")
    NoWorkbook = NoWorkbook & vbNewLine & "Open a Deliverybook workbook first."
End Function

Private Function WrongName() As String
    WrongName = Chinese("25991 20214 21517 37324 26377 19981 33021 20351 29992 30340 23383 31526 65292 35831")
    WrongName = WrongName & Chinese("21435 25481 21518 20877 35797 65306")
    WrongName = WrongName & vbNewLine & "The file name holds characters that cannot be used; remove these and try again:"
End Function

Private Function NotStarted() As String
    NotStarted = Chinese("26080 27861 21551 21160 32 80 121 116 104 111 110 65292 35831 36816")
    NotStarted = NotStarted & Chinese("34892 32 100 101 108 105 118 101 114 121 98 111 111 107")
    NotStarted = NotStarted & Chinese("32 97 100 100 105 110 32 100 111 99 116 111 114 32")
    NotStarted = NotStarted & Chinese("26597 30475 21407 22240 12290")
    NotStarted = NotStarted & vbNewLine & "Python could not be started; run deliverybook addin doctor to see why."
End Function

Private Function Chinese(ByVal codes As String) As String
    Dim code As Variant
    Dim text As String
    For Each code In Split(codes, " ")
        text = text & ChrW(CLng(code))
    Next code
    Chinese = text
End Function
